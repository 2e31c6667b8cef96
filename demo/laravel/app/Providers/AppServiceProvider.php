<?php

namespace App\Providers;

use Illuminate\Cache\RateLimiting\Limit;
use Illuminate\Database\Eloquent\Model;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\RateLimiter;
use Illuminate\Support\ServiceProvider;
use Illuminate\Support\Str;

class AppServiceProvider extends ServiceProvider
{
    public function boot(): void
    {
        // Events go out after the answer. Without this, PHP would end at a client that does not wait for it, and nobody would hear of what it sent.
        ignore_user_abort(true);

        Model::shouldBeStrict(! $this->app->isProduction());

        foreach (['api', 'messages', 'channels', 'attachments'] as $name) {
            RateLimiter::for($name, fn (Request $request) => Limit::perMinute(config("chat.limits.{$name}"))
                ->by($name.':'.($request->user()?->id ?: $request->ip())));
        }

        RateLimiter::for('login', function (Request $request): Limit {
            // It is asked before the request is validated: this may be anything.
            $email = $request->input('email');

            return Limit::perMinute(config('chat.limits.login'))
                ->by('login:'.$request->ip().'|'.(is_string($email) ? Str::lower($email) : ''));
        });
    }
}
