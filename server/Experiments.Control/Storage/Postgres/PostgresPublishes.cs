using Npgsql;

namespace Experiments.Control.Storage.Postgres;

/// <summary>Notifications of publishes, which PostgreSQL delivers when the transaction commits that wrote the publish down.</summary>
internal static class PostgresPublishes
{
    public const string Channel = "experiments_published";

    // A connection that died in silence is found out by this.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    /// <param name="server">Which server it was.</param>
    /// <param name="environmentId">What it published.</param>
    public static string Write(Guid server, Guid environmentId) => $"{server:N}{environmentId:N}";

    /// <summary>Tells of each environment that another server than <paramref name="server"/> publishes.</summary>
    public static async Task WatchAsync(NpgsqlDataSource source, Guid server, Action<Guid> told, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        Queue<Guid> heard = [];
        connection.Notification += (_, notification) =>
        {
            string text = notification.Payload;
            const int IdLength = 32;
            if (text.Length == 2 * IdLength && !text.StartsWith($"{server:N}", StringComparison.Ordinal) && Guid.TryParse(text.AsSpan(IdLength), out Guid id))
            {
                heard.Enqueue(id);
            }
        };
        await ExecuteAsync(connection, $"LISTEN {Channel}", cancellationToken);
        while (true)
        {
            if (!await connection.WaitAsync(SignOfLife, cancellationToken))
            {
                await ExecuteAsync(connection, "SELECT 1", cancellationToken);
            }

            while (heard.TryDequeue(out Guid environmentId))
            {
                told(environmentId);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Only texts of this file.
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
