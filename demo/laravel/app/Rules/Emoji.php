<?php

namespace App\Rules;

use Closure;
use Illuminate\Contracts\Validation\ValidationRule;

/** Accepts one emoji: one grapheme that holds a pictograph, a flag or a keycap. */
final class Emoji implements ValidationRule
{
    private const MAX_BYTES = 64;

    private const EMOJI = '/\A\X\z/u';

    private const PICTURE = '/\p{Extended_Pictographic}|[\x{1F1E6}-\x{1F1FF}]{2}|[0-9#*]\x{FE0F}?\x{20E3}/u';

    public function validate(string $attribute, mixed $value, Closure $fail): void
    {
        $isEmoji = is_string($value)
            && strlen($value) <= self::MAX_BYTES
            && preg_match(self::EMOJI, $value) === 1
            && preg_match(self::PICTURE, $value) === 1;

        if (! $isEmoji) {
            $fail('The :attribute field must be a single emoji.');
        }
    }
}
