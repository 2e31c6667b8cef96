<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Validation\ValidationException;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\AccessDeniedHttpException;

/**
 * Lets only well-formed socket ids and channel names reach the signing code, and those of the chat only as they are exactly spelt.
 * Who may listen to the other channels of an application is left to its own rules.
 *
 * Laravel matches `{id}` as "anything but a dot" and drops the `private-` or `presence-` prefix before it looks
 * for a rule, so `private-user.{id}` alone would also be asked about `presence-user.7`, `private-user.07` or
 * `private-user.7:{"user_id":"8"}`. A signature covers `socket_id:channel[:data]`; a name that holds a colon could
 * make one signature mean another.
 */
final class EnsureChannelIsOurs
{
    private const SOCKET_ID = '/\A\d{1,20}\.\d{1,20}\z/';

    /** What Pusher's protocol takes for a name. Without a colon, whoever the channel belongs to. */
    private const NAME = '/\A[A-Za-z0-9_\-=@,.;]{1,200}\z/';

    /** All that Laravel would ask our rules about. */
    private const LIKE_OURS = '/\A(?:private-encrypted-|private-|presence-)?(?:user|conversation)\./';

    private const NUMBER = '[1-9]\d{0,17}';

    /** Of users with `HasUuids` or `HasUlids`. A ULID has a letter, or it would be a number with zeros before it. */
    private const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

    private const ULID = '(?=\d*[a-z])[0-9a-hjkmnp-tv-z]{26}';

    private const OURS = '/\A(?:'
        .'private-user\.(?:'.self::NUMBER.'|(?i:'.self::UUID.'|'.self::ULID.'))'
        .'|(?:private|presence)-conversation\.'.self::NUMBER
        .')\z/';

    /** @param  Closure(Request): Response  $next */
    public function handle(Request $request, Closure $next): Response
    {
        // As the broadcaster reads them: with uploaded files, which would take the place of what was looked at.
        ['socket_id' => $socketId, 'channel_name' => $channel] = $request->all(['socket_id', 'channel_name']);

        if (! is_string($socketId) || preg_match(self::SOCKET_ID, $socketId) !== 1) {
            throw ValidationException::withMessages(['socket_id' => 'The socket id is not valid.']);
        }

        if (! is_string($channel) || preg_match(self::NAME, $channel) !== 1 || self::isMisspelt($channel)) {
            throw new AccessDeniedHttpException('This channel is not yours.');
        }

        return $next($request);
    }

    private static function isMisspelt(string $channel): bool
    {
        return preg_match(self::LIKE_OURS, $channel) === 1 && preg_match(self::OURS, $channel) !== 1;
    }
}
