"""Decisions that are not carried out within three months: the list, the reasons, the figures."""
