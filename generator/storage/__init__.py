"""Files: the one writer of files, the one cache, and what stands for our own code."""
