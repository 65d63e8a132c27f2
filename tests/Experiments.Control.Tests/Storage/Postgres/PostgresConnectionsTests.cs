using Experiments.Control.Storage.Postgres;
using Npgsql;

namespace Experiments.Control.Tests.Storage.Postgres;

public sealed class PostgresConnectionsTests
{
    private const string Address = "Host=db;Database=experiments;Username=experiments;Password=secret";

    [Fact]
    public void Complete_NothingSaid_GivesUpSoonerThanAGatewayAndLeavesSessionsForOthers()
    {
        NpgsqlConnectionStringBuilder settings = PostgresConnections.Complete(Address);

        Assert.Equal((5, 15, 30), (settings.Timeout, settings.CommandTimeout, settings.MaxPoolSize));
        Assert.Equal("Experiments", settings.ApplicationName);
        Assert.Contains("idle_in_transaction_session_timeout=10000", settings.Options, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Timeout=7;Command Timeout=70;Maximum Pool Size=3;Application Name=ours")]
    [InlineData("timeout=7;commandtimeout=70;maxpoolsize=3;applicationname=ours")]
    public void Complete_Said_StaysAsItIs(string said)
    {
        NpgsqlConnectionStringBuilder settings = PostgresConnections.Complete($"{Address};{said}");

        Assert.Equal((7, 70, 3, "ours"), (settings.Timeout, settings.CommandTimeout, settings.MaxPoolSize, settings.ApplicationName));
    }

    [Theory]
    [InlineData("", 12)]
    [InlineData("Maximum Pool Size=3", 3)]
    [InlineData("Maximum Pool Size=100;Minimum Pool Size=50", 12)]
    public void ForTurns_AnyPool_IsASmallOne(string said, int expected)
    {
        NpgsqlConnectionStringBuilder turns = PostgresConnections.ForTurns(PostgresConnections.Complete($"{Address};{said}"));

        Assert.Equal((expected, "secret", 15), (turns.MaxPoolSize, turns.Password, turns.CommandTimeout));
    }
}
