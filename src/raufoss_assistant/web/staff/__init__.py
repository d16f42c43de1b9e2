"""The pages for the cluster's own staff, behind a log-in."""
