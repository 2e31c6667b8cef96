<?php

namespace App\Http\Requests;

use App\Chat\NewMessage;
use App\Rules\NotBlank;
use Illuminate\Foundation\Http\FormRequest;

class StoreMessageRequest extends FormRequest
{
    /**
     * Whether the reply and the attachments belong here is checked by App\Chat\MessageLog, behind the lock and after it has
     * looked for a repeat: the attachments of a message that exists already are no longer free.
     *
     * @return array<string, mixed>
     */
    public function rules(): array
    {
        $most = config('chat.attachments.max_per_message');

        return [
            'content' => [
                'bail', 'required_without:attachment_ids', 'nullable', 'string',
                'max:'.config('chat.max_content_length'),
                new NotBlank,
            ],
            'temp_id' => ['required', 'string', 'max:64', 'regex:/\A[A-Za-z0-9_-]+\z/'],
            'reply_to_id' => ['nullable', 'integer', 'min:1'],
            'attachment_ids' => ['sometimes', 'array', 'list', "max:{$most}"],
            // Laravel goes through each item of a list before it counts them: with too many that would keep a server busy.
            ...(count((array) $this->input('attachment_ids')) > $most ? [] : [
                'attachment_ids.*' => ['required', 'integer', 'min:1', 'distinct'],
            ]),
        ];
    }

    public function newMessage(): NewMessage
    {
        return new NewMessage(
            content: $this->validated('content') ?? '',
            tempId: $this->validated('temp_id'),
            replyToId: $this->validated('reply_to_id') === null ? null : (int) $this->validated('reply_to_id'),
            attachmentIds: array_map(intval(...), $this->validated('attachment_ids') ?? []),
        );
    }
}
