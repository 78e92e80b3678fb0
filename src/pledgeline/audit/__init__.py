"""What was done: one event for every act, written with it and never changed."""
