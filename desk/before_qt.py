"""Imports what knows nothing of Qt, before Qt: PySide6 reads the source of every module that is imported after it.

That costs a start of the desk a third of a second and keeps the texts in memory. Import this first; a test compares.
"""

import argon2.low_level
import babel.dates
import babel.numbers
import cryptography.hazmat.primitives.ciphers.aead
import platformdirs

import desk.domain.offers
import desk.domain.option_costs
import desk.household
import desk.services.rows
import desk.services.system_keyring
import desk.settings
import desk.storage.desk_store
import desk.storage.keys
import desk.storage.lists
import desk.storage.people
import desk.storage.search
import desk.storage.task_lists
import desk.storage.warming
import desk.sync.account
import desk.sync.backoff
import desk.sync.clock
import desk.sync.cycle
import desk.sync.filling
import desk.sync.store_port

__all__ = ["argon2", "babel", "cryptography", "desk", "platformdirs"]
