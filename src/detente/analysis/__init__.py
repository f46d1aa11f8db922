"""A negotiation becomes findings. No analysis imports another."""
