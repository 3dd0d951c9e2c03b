"""Use cases: load, permit, apply the pure rule, save. They know ports, never a library of the outside."""
