<?php

namespace App\Chat;

/** A message that somebody wants to send. */
final readonly class NewMessage
{
    /** @param  list<int>  $attachmentIds */
    public function __construct(
        public string $content,
        public ?string $tempId = null,
        public ?int $replyToId = null,
        public array $attachmentIds = [],
    ) {}
}
