"""What becomes of documents after they were handed in: checked by a job, and swept up."""
