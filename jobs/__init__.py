"""What happens by itself. The database is the schedule; APScheduler is only the clock."""
