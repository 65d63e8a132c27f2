using Experiments.Control.Storage;
using Experiments.Server.Settings;

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
        catch (Exception exception) when (exception is SettingsException or StoreFileException or IOException or UnauthorizedAccessException)
        {
            // A wrong setting, a port that is taken, a database that is locked: the operator needs the sentence, not the stack.
            await Console.Error.WriteLineAsync(exception.Message);
            return Failure;
        }
    }
}
