"""What is printed, a file a format. Nothing here decides anything."""
