"""The flow from documents to pages, arrow by arrow, and what is kept between runs."""
