"""What people are told: the ladder of reminders, the outbox, pushes from WeChat."""
