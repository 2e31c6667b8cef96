<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Validation\ValidationException;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\AccessDeniedHttpException;

/**
 * Lets only well-formed socket ids and exactly spelt channel names reach the signing code.
 *
 * Laravel matches `{id}` as "anything but a dot" and drops the `private-` or `presence-` prefix before it looks
 * for a rule, so `private-user.{id}` alone would also be asked about `presence-user.7`, `private-user.07` or
 * `private-user.7:{"user_id":"8"}`. A signature covers `socket_id:channel[:data]`; a name that holds a colon could
 * make one signature mean another.
 */
final class EnsureChannelIsOurs
{
    private const SOCKET_ID = '/\A\d{1,20}\.\d{1,20}\z/';

    private const NUMBER = '[1-9]\d{0,17}';

    /** Of users with `HasUuids` or `HasUlids`. A ULID has a letter, or it would be a number with zeros before it. */
    private const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

    private const ULID = '(?=\d*[a-z])[0-9a-hjkmnp-tv-z]{26}';

    private const CHANNEL = '/\A(?:'
        .'private-user\.(?:'.self::NUMBER.'|(?i:'.self::UUID.'|'.self::ULID.'))'
        .'|(?:private|presence)-conversation\.'.self::NUMBER
        .')\z/';

    /** @param  Closure(Request): Response  $next */
    public function handle(Request $request, Closure $next): Response
    {
        $socketId = $request->input('socket_id');
        $channel = $request->input('channel_name');

        if (! is_string($socketId) || preg_match(self::SOCKET_ID, $socketId) !== 1) {
            throw ValidationException::withMessages(['socket_id' => 'The socket id is not valid.']);
        }

        if (! is_string($channel) || preg_match(self::CHANNEL, $channel) !== 1) {
            throw new AccessDeniedHttpException('This channel is not yours.');
        }

        return $next($request);
    }
}
