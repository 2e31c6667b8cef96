<?php

namespace App\Rules;

use Closure;
use Illuminate\Contracts\Validation\ValidationRule;

/**
 * Accepts one emoji: a flag, a keycap, or a pictograph with its variants, several of them where they are joined into one.
 *
 * The grammar is that of Unicode TS #51 (ED-17). `\X` is no help: PCRE takes two thumbs for one grapheme.
 */
final class Emoji implements ValidationRule
{
    private const MAX_BYTES = 64;

    private const FLAG = '[\x{1F1E6}-\x{1F1FF}]{2}';

    private const KEYCAP = '[0-9#*]\x{FE0F}?\x{20E3}';

    private const PICTOGRAPH = '\p{Extended_Pictographic}[\x{FE0F}\x{1F3FB}-\x{1F3FF}]?[\x{E0020}-\x{E007F}]*';

    public function validate(string $attribute, mixed $value, Closure $fail): void
    {
        $joined = self::PICTOGRAPH.'(?:\x{200D}'.self::PICTOGRAPH.')*';
        $pattern = '/\A(?:'.self::FLAG.'|'.self::KEYCAP.'|'.$joined.')\z/u';

        if (! is_string($value) || strlen($value) > self::MAX_BYTES || preg_match($pattern, $value) !== 1) {
            $fail('The :attribute field must be a single emoji.');
        }
    }
}
