"""What one run leaves to the next: shelves of bytes under names and keys, in one file that is safe to delete."""
