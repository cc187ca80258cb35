"""What people are told about a catalog: in the terminal, in MkDocs' log, and on the page for decisions about names."""
