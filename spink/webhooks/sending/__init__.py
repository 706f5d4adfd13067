"""What waits is sent: claimed by a row's lock, posted by threads, and noted how it went."""
