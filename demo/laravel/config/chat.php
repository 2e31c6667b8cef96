<?php

return [

    // What clients may offer beyond plain messages. What is not listed is not shown.
    'features' => ['edit', 'delete', 'reply', 'react', 'attach', 'search'],

    // Characters (code points) of one message.
    'max_content_length' => (int) env('CHAT_MAX_CONTENT_LENGTH', 10_000),

    // Different emojis on one message.
    'max_reactions' => 20,

    // Messages a page.
    'page_size' => 50,
    'max_page_size' => 200,

    // Conversations a page.
    'max_conversations' => 100,

    // Further behind than this, a client is told to load afresh (`reset`) instead of catching up row by row.
    'max_catch_up' => (int) env('CHAT_MAX_CATCH_UP', 2_000),

    // Seconds until a token expires; null for never.
    'token_ttl' => env('CHAT_TOKEN_TTL') ? (int) env('CHAT_TOKEN_TTL') : null,

    // Whether events also go out on `presence-conversation.{id}`, for clients that follow that channel.
    // A client on both channels gets each event twice and has to drop the second.
    'conversation_channel' => (bool) env('CHAT_CONVERSATION_CHANNEL', false),

    // Bytes of the request by which Laravel hands an event to Reverb, headers included. Keep it equal to
    // `max_request_size` of config/reverb.php: Reverb answers 413 to more, and then nobody gets the event.
    'broadcast_limit' => (int) env('REVERB_MAX_REQUEST_SIZE', 10_000),

    'attachments' => [
        'disk' => env('CHAT_ATTACHMENT_DISK', 'local'),
        'max_kilobytes' => 10 * 1024,
        'max_per_message' => 5,
        'mime_types' => [
            'image/png', 'image/jpeg', 'image/gif', 'image/webp',
            'application/pdf', 'text/plain', 'text/csv', 'application/json', 'application/zip',
            'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
            'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            'application/vnd.openxmlformats-officedocument.presentationml.presentation',
            'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet',
            'application/vnd.oasis.opendocument.presentation',
            'audio/mpeg', 'audio/ogg', 'audio/webm', 'audio/x-m4a', 'video/mp4', 'video/webm', 'video/quicktime',
        ],
    ],

    // Calls a minute: of one user, or of one address and email for `login`.
    'limits' => [
        'api' => (int) env('CHAT_LIMIT_API', 600),
        'login' => (int) env('CHAT_LIMIT_LOGIN', 10),
        'messages' => (int) env('CHAT_LIMIT_MESSAGES', 120),
        'channels' => (int) env('CHAT_LIMIT_CHANNELS', 120),
        'attachments' => (int) env('CHAT_LIMIT_ATTACHMENTS', 30),
    ],

];
