"""Reads files of many formats into documents, and cuts documents into passages."""

from raufoss_assistant.documents.files import Scan, fingerprint, locate, scan
from raufoss_assistant.documents.reader import DocumentReader

__all__ = ["DocumentReader", "Scan", "fingerprint", "locate", "scan"]
