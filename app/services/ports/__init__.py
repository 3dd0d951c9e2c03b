"""What the use cases need from the world, as Protocols. app/container.py connects the implementations.

Every store keeps whole, frozen aggregates. `replace(document)` is the guarded write: it succeeds only when the stored
version is `document.version - 1`, else it returns False and nothing has changed. `add` raises Duplicate when the id or
a unique field is taken. A store that cannot be reached raises StoreAway.
"""
