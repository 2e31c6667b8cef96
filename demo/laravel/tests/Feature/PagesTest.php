<?php

namespace Tests\Feature;

use App\Http\ErrorResponses;
use Illuminate\Contracts\Debug\ExceptionHandler;
use Illuminate\Foundation\Configuration\Exceptions;
use Illuminate\Http\Request;
use Illuminate\Routing\RouteCollection;
use Illuminate\Support\Facades\Route;
use RuntimeException;
use Symfony\Component\HttpFoundation\Response;
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

    /** Laravel keeps one callback of this kind, and Inertia's documentation asks for it. */
    public function test_what_a_page_makes_of_its_errors_is_left_to_it_and_takes_nothing_from_ours(): void
    {
        (new Exceptions($this->app[ExceptionHandler::class]))->respond(self::marked(...));

        $this->get('/nowhere')->assertNotFound()->assertHeader('X-Page', 'yes');
        $this->as($this->ali)->get('/api/conversations/999')->assertNotFound()->assertExactJson(['message' => 'Not found.']);
    }

    public function test_an_application_may_do_that_before_ours_too(): void
    {
        $exceptions = new Exceptions($this->app[ExceptionHandler::class]);
        $exceptions->respond(self::marked(...));
        ErrorResponses::register($exceptions);

        $this->get('/nowhere')->assertNotFound()->assertHeader('X-Page', 'yes');
    }

    public function test_errors_are_the_same_where_the_api_stands_elsewhere(): void
    {
        config(['app.debug' => true]);
        Route::setRoutes(new RouteCollection);
        Route::prefix('v2/chat')->middleware('api')->group(base_path('routes/api.php'));
        Route::getRoutes()->refreshNameLookups();

        $this->get('/v2/chat/conversations')->assertUnauthorized()->assertExactJson(['message' => 'Unauthenticated.']);
        $this->get('/v2/chat/nowhere')->assertNotFound()->assertHeader('Content-Type', 'application/json');
        $this->post('/v2/chat/login')->assertStatus(422)->assertJsonStructure(['message', 'errors' => ['email', 'password']]);
        $this->as($this->ali)->get('/v2/chat/conversations/999')->assertNotFound()->assertExactJson(['message' => 'Not found.']);
        $this->put('/v2/chat/conversations')->assertStatus(405)->assertJsonMissingPath('trace')->assertJsonStructure(['message']);
    }

    public function test_parameters_of_its_routes_are_its_own(): void
    {
        Route::get('/shop/{message}/{conversation}/{attachment}', fn (string $message) => $message);

        $this->get('/shop/thanks/a/b')->assertOk()->assertContent('thanks');
    }

    public function test_its_forms_are_trimmed_as_ever(): void
    {
        Route::post('/articles', fn (Request $request) => $request->input('content'));

        $this->post('/articles', ['content' => ' An article '])->assertContent('An article');
        $this->as($this->ali)->patchJson("/api/messages/{$this->messageBy($this->ali)->id}", ['content' => ' A poem '])
            ->assertJsonPath('data.content', ' A poem ');
    }

    public function test_the_application_has_its_own_api_beside_ours(): void
    {
        config(['app.debug' => true]);
        Route::get('/api/broken', fn () => throw new RuntimeException('Out of paper'));

        $this->getJson('/api/broken')->assertServerError()->assertJsonPath('message', 'Out of paper');
    }

    private static function marked(Response $response): Response
    {
        $response->headers->set('X-Page', 'yes');

        return $response;
    }
}
