using Experiments.Cli.Output;

namespace Experiments.Cli.Commands;

/// <summary>Turns whatever a command throws into a message and an exit code: nobody sees a stack trace.</summary>
internal static class CommandGuard
{
    public static async Task<int> RunAsync(Terminal terminal, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (CliException exception)
        {
            // What was written before the message belongs before it.
            await FlushAsync(terminal);
            terminal.Say(exception.Message);
            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException exception)
        {
            terminal.Say($"cannot write: {exception.Message}");
            return ExitCode.Refused;
        }
#pragma warning disable CA1031 // Process start: whoever ran the command wants a sentence.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            terminal.Say($"unexpected: {exception.Message}");
            return ExitCode.Refused;
        }
    }

    private static async Task FlushAsync(Terminal terminal)
    {
        try
        {
            await terminal.Out.FlushAsync();
        }
        catch (IOException)
        {
            // The message that follows says what went wrong first.
        }
    }
}
