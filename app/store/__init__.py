"""The stores on MongoDB. Nothing else knows pymongo; app/container.py calls `connect` and `open_stores`."""

from app.store.cipher import Cipher
from app.store.mongo import MongoStores, connect, open_stores

__all__ = ["Cipher", "MongoStores", "connect", "open_stores"]
