"""The page that says what data there is and how to use and cite it."""
