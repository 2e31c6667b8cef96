<?php

namespace App\Http\Requests;

use Illuminate\Foundation\Http\FormRequest;

class ReadRequest extends FormRequest
{
    /** More than anybody sees at once. */
    private const MOST = 500;

    /** @return array<string, mixed> */
    public function rules(): array
    {
        return [
            'message_ids' => ['required', 'array', 'list', 'min:1', 'max:'.self::MOST],
            // Laravel goes through each item of a list before it counts them: with too many that would keep a server busy.
            ...(count((array) $this->input('message_ids')) > self::MOST ? [] : [
                'message_ids.*' => ['required', 'integer', 'min:1'],
            ]),
        ];
    }

    /** @return list<int> */
    public function messageIds(): array
    {
        return array_map(intval(...), $this->validated('message_ids'));
    }
}
