"""The console's accounts: logging in, second factor, permission, the audit log."""
