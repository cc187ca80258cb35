"""The pages of organizations, persons, drugs, conditions and places."""
