<?php

namespace App\Http\Requests;

use App\Rules\NotBlank;
use Illuminate\Foundation\Http\FormRequest;

class UpdateMessageRequest extends FormRequest
{
    /** @return array<string, mixed> */
    public function rules(): array
    {
        return ['content' => ['bail', 'required', 'string', 'max:'.config('chat.max_content_length'), new NotBlank]];
    }
}
