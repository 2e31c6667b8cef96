<?php

namespace Tests\Feature;

use Illuminate\Support\Facades\Route;
use RuntimeException;
use Tests\TestCase;

/** An application that this is copied into has pages of its own, which go on as Laravel has them. */
class PagesTest extends TestCase
{
    public function test_a_guest_is_sent_to_the_login_page_of_an_application_that_has_one(): void
    {
        Route::get('/login', fn () => 'Sign in')->name('login');
        Route::get('/home', fn () => 'Home')->middleware(['web', 'auth']);
        Route::getRoutes()->refreshNameLookups();

        $this->get('/home')->assertRedirect('/login');
        $this->get('/api/conversations')->assertUnauthorized()->assertJsonPath('message', 'Unauthenticated.');
    }

    public function test_what_is_missing_is_a_page(): void
    {
        $this->get('/nowhere')->assertNotFound()->assertHeader('Content-Type', 'text/html; charset=utf-8');
        $this->get('/api/nowhere')->assertNotFound()->assertHeader('Content-Type', 'application/json');
    }

    public function test_an_error_inside_a_page_is_shown_to_its_developer(): void
    {
        Route::get('/broken', fn () => throw new RuntimeException('Out of paper'));

        $this->getJson('/broken')->assertServerError()->assertJsonPath('message', 'Out of paper');
    }
}
