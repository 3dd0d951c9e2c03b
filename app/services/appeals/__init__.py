"""What residents and officials do with an appeal and what they read, calls included."""
