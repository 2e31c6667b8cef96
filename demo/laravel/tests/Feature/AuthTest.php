<?php

namespace Tests\Feature;

use App\Models\User;
use Illuminate\Database\UniqueConstraintViolationException;
use Illuminate\Hashing\HashManager;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Hash;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\Attributes\RunInSeparateProcess;
use Tests\TestCase;

class AuthTest extends TestCase
{
    public function test_gives_a_token_for_the_right_password(): void
    {
        $answer = $this->postJson('/api/login', ['email' => 'ALI@example.com', 'password' => 'password'])->assertOk();

        $answer->assertExactJsonStructure(['token', 'user' => ['id', 'name', 'email', 'avatar_url']]);
        $this->withToken($answer->json('token'))->getJson('/api/user')->assertJsonPath('data.id', $this->ali->id);
    }

    public function test_says_the_same_about_a_wrong_password_and_an_unknown_address(): void
    {
        $wrong = $this->postJson('/api/login', ['email' => 'ali@example.com', 'password' => 'wrong'])->assertStatus(422);
        $unknown = $this->postJson('/api/login', ['email' => 'nobody@example.com', 'password' => 'wrong'])->assertStatus(422);

        $this->assertSame($wrong->json(), $unknown->json());
        $wrong->assertJsonValidationErrors(['email']);
    }

    /** Nor by the time that it takes. In a process of its own, as each request has: nothing is kept from an earlier one. */
    #[RunInSeparateProcess]
    public function test_computes_one_hash_whether_there_is_such_an_address_or_not(): void
    {
        $hashes = new class($this->app) extends HashManager
        {
            public int $computed = 0;

            public function make($value, array $options = [])
            {
                $this->computed++;

                return parent::make($value, $options);
            }

            public function check($value, $hashedValue, array $options = [])
            {
                $this->computed++;

                return parent::check($value, $hashedValue, $options);
            }
        };
        Hash::swap($hashes);

        foreach (['nobody@example.com', 'ali@example.com'] as $email) {
            $hashes->computed = 0;
            $this->postJson('/api/login', ['email' => $email, 'password' => 'wrong'])->assertStatus(422);
            $this->assertSame(1, $hashes->computed, $email);
        }
    }

    /** @param  array<string, mixed>  $change */
    #[DataProvider('malformed')]
    public function test_says_what_is_wrong_with_a_form_that_is_not_filled_in_well(array $change, string $field, string $why): void
    {
        $errors = $this->postJson('/api/login', [...['email' => 'ali@example.com', 'password' => 'password'], ...$change])
            ->assertStatus(422)
            ->json('errors');

        $this->assertSame([$field], array_keys($errors));
        $this->assertContains($why, $errors[$field]);
    }

    /** @return array<string, array{array<string, mixed>, string, string}> */
    public static function malformed(): array
    {
        $long = str_repeat('a', 244).'@example.com';

        return [
            'no address' => [['email' => ''], 'email', 'The email field is required.'],
            'a list of addresses' => [['email' => ['ali@example.com']], 'email', 'The email field must be a string.'],
            'no text' => [['email' => 5], 'email', 'The email field must be a string.'],
            'no address at all' => [['email' => 'ali'], 'email', 'The email field must be a valid email address.'],
            'no address that fits' => [['email' => $long], 'email', 'The email field must not be greater than 255 characters.'],
            'no password' => [['password' => null], 'password', 'The password field is required.'],
            'a password that is no text' => [['password' => ['password']], 'password', 'The password field must be a string.'],
            'a password too long' => [['password' => str_repeat('a', 256)], 'password', 'The password field must not be greater than 255 characters.'],
        ];
    }

    public function test_slows_down_who_guesses_passwords(): void
    {
        config(['chat.limits.login' => 2]);
        $guess = fn () => $this->postJson('/api/login', ['email' => 'ali@example.com', 'password' => 'guess']);

        $guess()->assertStatus(422);
        $guess()->assertStatus(422);
        $guess()->assertStatus(429)->assertHeader('Retry-After')->assertJsonStructure(['message']);
    }

    /** By MySQL's usual collations it is Ali's address; with a spelling for each guess, the limit would be none. */
    public function test_an_address_with_an_accent_is_another_address(): void
    {
        $this->postJson('/api/login', ['email' => 'álì@example.com', 'password' => 'password'])->assertStatus(422);
    }

    public function test_finds_an_address_however_it_was_stored(): void
    {
        User::factory()->create(['email' => 'Nodira.R@Example.com']);

        foreach (['Nodira.R@Example.com', 'nodira.r@example.com'] as $email) {
            $this->postJson('/api/login', ['email' => $email, 'password' => 'password'])
                ->assertOk()
                ->assertJsonPath('user.email', 'Nodira.R@Example.com');
        }
    }

    /** Some databases tell them apart. */
    public function test_of_two_addresses_that_differ_by_case_takes_the_one_that_is_meant(): void
    {
        try {
            $upper = DB::transaction(fn () => User::factory()->create(['email' => 'ALI@example.com']));
        } catch (UniqueConstraintViolationException) {
            $upper = $this->ali;
        }

        $this->postJson('/api/login', ['email' => 'ALI@example.com', 'password' => 'password'])->assertJsonPath('user.id', $upper->id);
        $this->postJson('/api/login', ['email' => 'ali@example.com', 'password' => 'password'])->assertJsonPath('user.id', $this->ali->id);
    }

    public function test_a_token_ends_with_its_time(): void
    {
        config(['chat.token_ttl' => 30]);
        $token = $this->postJson('/api/login', ['email' => 'ali@example.com', 'password' => 'password'])->json('token');

        $this->travel(29)->seconds();
        $this->withToken($token)->getJson('/api/conversations')->assertOk();
        $this->app['auth']->forgetGuards();
        $this->travel(2)->seconds();
        $this->withToken($token)->getJson('/api/conversations')->assertUnauthorized();
    }

    public function test_a_token_ends_with_a_logout(): void
    {
        $token = $this->postJson('/api/login', ['email' => 'ali@example.com', 'password' => 'password'])->json('token');

        $this->withToken($token)->postJson('/api/logout')->assertNoContent();
        $this->app['auth']->forgetGuards();
        $this->withToken($token)->getJson('/api/conversations')->assertUnauthorized();
    }

    public function test_a_page_of_a_stateful_domain_signs_in_by_cookie(): void
    {
        config(['sanctum.stateful' => ['chat.test']]);
        $page = ['Origin' => 'https://chat.test', 'Referer' => 'https://chat.test/'];

        $this->withHeaders($page)->postJson('/api/login', ['email' => 'ali@example.com', 'password' => 'password'])->assertOk();

        $this->assertAuthenticatedAs($this->ali, 'web');
    }

    public function test_a_page_of_a_stateful_domain_signs_out_by_cookie(): void
    {
        config(['sanctum.stateful' => ['chat.test']]);
        $this->withHeaders(['Origin' => 'https://chat.test', 'Referer' => 'https://chat.test/']);
        $this->postJson('/api/login', ['email' => 'ali@example.com', 'password' => 'password'])->assertOk();
        $this->app['auth']->forgetGuards();

        $this->postJson('/api/logout')->assertNoContent();

        $this->app['auth']->forgetGuards();
        $this->getJson('/api/user')->assertUnauthorized();
    }
}
