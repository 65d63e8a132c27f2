namespace Experiments.Server.Startup;

/// <summary>The process's edge: what cannot start says why in words and exits with 1.</summary>
internal static class ProcessEdge
{
    private const int Failure = 1;

    public static async Task<int> RunAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
#pragma warning disable CA1031 // A wrong setting, a port that is taken, a database that is locked: the operator needs the sentence, not the stack.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"Experiments.Server cannot start: {exception.Message}");
            return Failure;
        }
    }
}
