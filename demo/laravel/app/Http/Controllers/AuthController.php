<?php

namespace App\Http\Controllers;

use App\Http\Requests\LoginRequest;
use App\Http\Resources\UserResource;
use App\Models\User;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\Hash;
use Illuminate\Support\Str;
use Illuminate\Validation\ValidationException;
use Laravel\Sanctum\PersonalAccessToken;

class AuthController extends Controller
{
    /** Gives a token; on pages of a stateful domain (config/sanctum.php) it also starts the session. */
    public function login(LoginRequest $request): JsonResponse
    {
        $user = self::findByEmail($request->validated('email'));

        // So that the time of the answer does not tell unknown addresses apart, they cost a hash too. Only one: to compare with another, that
        // would have to be made first, as PHP keeps nothing from one request to the next.
        if ($user === null) {
            Hash::make(Str::random());
        }

        if ($user === null || ! Hash::check($request->validated('password'), $user->password)) {
            throw ValidationException::withMessages(['email' => trans('auth.failed')]);
        }

        if ($request->hasSession()) {
            Auth::guard('web')->login($user);
            $request->session()->regenerate();
        }

        $ttl = config('chat.token_ttl');
        $token = $user->createToken('chat', expiresAt: $ttl === null ? null : now()->addSeconds($ttl));

        return response()->json(['token' => $token->plainTextToken, 'user' => UserResource::make($user)]);
    }

    public function show(Request $request): UserResource
    {
        return UserResource::make($request->user());
    }

    /** Ends the token, or the session, that the request came with. What is subscribed already stays so until it disconnects. */
    public function logout(Request $request): Response
    {
        $token = $request->user()->currentAccessToken();

        if ($token instanceof PersonalAccessToken) {
            $token->delete();
        }

        if ($request->hasSession()) {
            Auth::guard('web')->logout();
            $request->session()->invalidate();
        }

        return response()->noContent();
    }

    /** However it was stored, and however it is written; where a database keeps several, the one that is spelt the same. */
    private static function findByEmail(string $given): ?User
    {
        $email = Str::lower($given);
        $same = User::query()->where('email', $given)->orWhereRaw('lower(email) = ?', [$email])->get()
            // MySQL finds "ali" by "áli", too. Each such spelling has a limit of its own, so that there would be none for guesses.
            ->filter(fn (User $found) => Str::lower($found->email) === $email);

        return $same->firstWhere('email', $given) ?? $same->first();
    }
}
