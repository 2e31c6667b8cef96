<?php

namespace Database\Seeders;

use App\Models\Conversation;
use App\Models\User;
use Illuminate\Database\Seeder;

/**
 * Five people, who all have the password "password", and three conversations: two people with a history, a group,
 * and one in which nobody has written yet.
 */
class DatabaseSeeder extends Seeder
{
    public function run(HistoryWriter $history): void
    {
        // Nobody is listening yet.
        config(['broadcasting.default' => 'null']);

        $ali = $this->person('Ali Karimov', 'ali@example.com');
        $vali = $this->person('Vali Yusupov', 'vali@example.com');
        $nodira = $this->person('Nodira Rahimova', 'nodira@example.com');
        $jasur = $this->person('Jasur Toshev', 'jasur@example.com');
        $malika = $this->person('Malika Saidova', 'malika@example.com');
        $people = ['ali' => $ali, 'vali' => $vali, 'nodira' => $nodira, 'jasur' => $jasur, 'malika' => $malika];

        $direct = $this->conversation(null, $ali, $vali);
        $group = $this->conversation('Design team', ...array_values($people));
        $this->conversation(null, $ali, $nodira);

        $history->write($direct, $people, __DIR__.'/history/direct.txt', unread: 0);
        $history->write($group, $people, __DIR__.'/history/group.txt', unread: 2);
    }

    private function person(string $name, string $email): User
    {
        return User::query()->create(['name' => $name, 'email' => $email, 'password' => 'password']);
    }

    private function conversation(?string $title, User ...$people): Conversation
    {
        $conversation = Conversation::query()->create(['title' => $title]);
        $conversation->participants()->attach(array_column($people, 'id'));

        return $conversation;
    }
}
