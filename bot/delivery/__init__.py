"""What runs by itself: outbox, live cards, timers."""
