"""Trials -> what their pages show: one module for each part of the page."""
