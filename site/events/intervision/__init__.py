"""Peer consultation in a small, closed, fixed group: its members, meetings, cases and lessons."""
