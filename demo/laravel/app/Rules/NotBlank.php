<?php

namespace App\Rules;

use Closure;
use Illuminate\Contracts\Validation\ValidationRule;

/**
 * Refuses text in which there is nothing to see: spaces of any kind, control and format characters; and NUL, which databases do
 * not keep. Not all of `\p{C}`: the emojis of the last years are not assigned in the tables of an older PCRE.
 */
final class NotBlank implements ValidationRule
{
    public function validate(string $attribute, mixed $value, Closure $fail): void
    {
        if (! is_string($value) || preg_match('/\A[\s\p{Z}\p{Cc}\p{Cf}]*\z/u', $value) !== 0) {
            $fail('The :attribute field must not be blank.');
        } elseif (str_contains($value, "\0")) {
            $fail('The :attribute field must not contain NUL characters.');
        }
    }
}
