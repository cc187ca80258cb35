"""The catalog to the search of its site: lean texts, names and towns, and the index that Pagefind makes of them."""
