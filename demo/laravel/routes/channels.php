<?php

use App\Models\Conversation;
use App\Models\User;
use Illuminate\Support\Facades\Broadcast;

/*
 * The ids arrive as strings. They are compared as strings, so that nothing but the one spelling of an id is that id:
 * `(int) '7abc'` is 7. App\Http\Middleware\EnsureChannelIsOurs has already refused every other spelling of these names.
 */

Broadcast::channel('user.{id}', fn (User $user, string $id) => $id === (string) $user->id);

Broadcast::channel('conversation.{id}', function (User $user, string $id): array|false {
    $conversation = Conversation::query()->whereKey($id)->first();

    if ($conversation === null || (string) $conversation->id !== $id || ! $conversation->hasParticipant($user)) {
        return false;
    }

    // What the other members of a presence channel are told about this person.
    return ['id' => $user->id, 'name' => $user->name, 'avatar_url' => $user->avatar_url];
});
