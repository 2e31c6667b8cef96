<?php

namespace App\Http\Requests;

use Illuminate\Foundation\Http\FormRequest;

class LoginRequest extends FormRequest
{
    /** @return array<string, mixed> */
    public function rules(): array
    {
        return [
            'email' => ['required', 'string', 'email', 'max:255'],
            // bcrypt reads 72 bytes, and hashing a megabyte is a way to keep a server busy.
            'password' => ['required', 'string', 'max:255'],
        ];
    }
}
