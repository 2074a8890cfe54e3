"""What there is: people, chats, messages, members, topics, files and the updates that wait for the bot."""
