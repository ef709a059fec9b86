"""What lesson 09 leaves behind: data in shards, the cost of sending, and the worker."""
