"""What a person may ask here and now; no Discord types."""
