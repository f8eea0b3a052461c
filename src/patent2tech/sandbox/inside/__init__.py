"""Programs of ours that run inside the sandbox, beside what is tested; each is one file and needs nothing of ours."""
