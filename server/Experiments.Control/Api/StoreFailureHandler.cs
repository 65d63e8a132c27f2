using Experiments.Control.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.Control.Api;

/// <summary>A definition store that cannot be used is not a fault of the program: 503, and the reason in the log alone, since it names paths.</summary>
internal sealed partial class StoreFailureHandler(IProblemDetailsService problems, ILogger<StoreFailureHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not StoreFailureException)
        {
            return false;
        }

        LogStoreFailed(logger, exception);
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Detail = "The definition store cannot be used at the moment." },
        });
        return true;
    }

    [LoggerMessage(2101, LogLevel.Error, "The definition store failed")]
    private static partial void LogStoreFailed(ILogger logger, Exception exception);
}
