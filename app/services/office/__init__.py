"""What supervisors and operators do with appeals: work list, casework, calls taken down."""
