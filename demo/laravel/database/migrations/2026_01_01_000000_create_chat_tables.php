<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        // By their usual collations, MySQL and MariaDB take every emoji for the same one, "a" for "A", and "é" for "è".
        $exact = in_array(DB::getDriverName(), ['mysql', 'mariadb'], true) ? 'utf8mb4_bin' : null;

        Schema::create('conversations', function (Blueprint $table): void {
            $table->id();
            $table->string('title')->nullable()->comment('null for two people: each sees the name of the other');
            $table->string('avatar_url')->nullable();
            $table->unsignedBigInteger('revision')->default(0)->comment('raised by every change of a message');
            // No foreign key: the two tables would point at each other.
            $table->unsignedBigInteger('last_message_id')->default(0)->comment('0 while there is none; orders the list');
            $table->timestamps();
        });

        Schema::create('participants', function (Blueprint $table): void {
            $table->foreignId('conversation_id')->constrained()->cascadeOnDelete();
            $table->foreignId('user_id')->constrained()->cascadeOnDelete();
            $table->unsignedBigInteger('last_read_message_id')->nullable();
            $table->unsignedBigInteger('last_read_position')->default(0);
            $table->primary(['conversation_id', 'user_id']);
            $table->index('user_id');
        });

        Schema::create('messages', function (Blueprint $table) use ($exact): void {
            $table->id();
            $table->foreignId('conversation_id')->constrained()->cascadeOnDelete();
            $table->foreignId('sender_id')->nullable()->comment('null once the account is gone')->constrained('users')->nullOnDelete();
            $table->string('temp_id', 64)->collation($exact)->nullable()->comment('chosen by the sending client, so that a repeat is no second row');
            // Not `text`, which holds 64 kB on MySQL and MariaDB: CHAT_MAX_CONTENT_LENGTH may ask for more.
            $table->mediumText('content')->comment('plain text; empty once deleted');
            $table->mediumText('folded')->collation($exact)->comment('the content as search compares it');
            // Rows go with the whole conversation only, and MySQL then refuses to take one that is still replied to.
            $table->foreignId('reply_to_id')->nullable()->constrained('messages')->nullOnDelete();
            $table->unsignedBigInteger('position')->comment('revision at insert; the display order');
            $table->unsignedBigInteger('revision')->comment('revision of the last change');
            $table->timestamp('edited_at')->nullable();
            $table->timestamp('deleted_at')->nullable()->comment('a deleted message stays as a row, so that clients learn of it');
            $table->timestamps();

            $table->unique(['sender_id', 'temp_id']);
            $table->unique(['conversation_id', 'position']);
            $table->unique(['conversation_id', 'revision']);
            $table->index('reply_to_id');
        });

        Schema::create('reactions', function (Blueprint $table) use ($exact): void {
            $table->id();
            $table->foreignId('message_id')->constrained()->cascadeOnDelete();
            $table->foreignId('user_id')->constrained()->cascadeOnDelete();
            $table->string('emoji', 64)->collation($exact);
            $table->unique(['message_id', 'user_id', 'emoji']);
        });

        Schema::create('attachments', function (Blueprint $table): void {
            $table->id();
            // Not with the person or the message: the file would stay on the disk, and nobody would know of it.
            $table->foreignId('user_id')->nullable()->constrained()->nullOnDelete();
            $table->foreignId('message_id')->nullable()->constrained()->nullOnDelete();
            $table->string('name')->comment('as the uploader called it; never used as a path');
            $table->string('path')->unique();
            $table->string('mime_type', 127);
            $table->unsignedBigInteger('size');
            $table->unsignedInteger('width')->nullable();
            $table->unsignedInteger('height')->nullable();
            $table->timestamps();

            $table->index('message_id');
        });
    }

    public function down(): void
    {
        Schema::dropIfExists('attachments');
        Schema::dropIfExists('reactions');
        Schema::dropIfExists('messages');
        Schema::dropIfExists('participants');
        Schema::dropIfExists('conversations');
    }
};
