"""What is spoken of, for those who file through the API: codes with names in both languages."""
